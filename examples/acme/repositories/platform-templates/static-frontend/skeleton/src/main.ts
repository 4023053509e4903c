document.querySelector('#app')?.append('${{ values.name }}');
