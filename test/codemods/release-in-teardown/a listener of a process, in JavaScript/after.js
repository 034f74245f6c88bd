'use strict'

class Watchdog {
  constructor(name) {
    this.name = name
  }

  start() {
    if (this.onSIGUSR2) {
      process.off('SIGUSR2', this.onSIGUSR2)
    }
    this.onSIGUSR2 = this.report.bind(this)
    process.on('SIGUSR2', this.onSIGUSR2)
  }

  report() {
    console.log(this.name)
  }

  close() {
    if (this.onSIGUSR2) {
      process.off('SIGUSR2', this.onSIGUSR2)
    }
    console.log('closed')
  }
}

module.exports = Watchdog
