from acme_worker import Worker

worker = Worker(topic="${{ values.topic }}", group="${{ values.name }}", max_attempts=${{ values.maxAttempts }})


@worker.on_message
def on_message(message):
    raise NotImplementedError("Describe what a message changes.")


if __name__ == "__main__":
    worker.run()
