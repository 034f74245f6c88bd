export class Exchange {
  answers = new Map()
  streams = new Map()

  open(id, stream) {
    this.streams.set(id, stream)
    this.answers.set(id, [])
  }

  finish(id) {
    this.streams.delete(id)
    this.answers.delete(id)
    this.waiting.delete(id)
  }

  waiting = new Map()

  wait(id, since) {
    this.waiting.set(id, since)
  }

  close() {
    this.streams.clear()
    this.answers.clear()
    this.closed = true
  }
}
