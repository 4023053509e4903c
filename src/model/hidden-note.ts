/** What is said of something that this audience may not see, to whoever asks: that it exists, and no more. */
export const hiddenNote = 'It exists, but is not shown to the readers of this portal';
