export class InviteBook {
  #invites = new Map()
  #inviteTimeouts = new Map()
  #lifetime

  constructor(lifetime) {
    this.#lifetime = lifetime
  }

  invite(code, guest) {
    this.#invites.set(code, guest)
    clearTimeout(this.#inviteTimeouts.get(code))
    const timeout = setTimeout(() => {
      if (this.#inviteTimeouts.get(code) === timeout) {
        this.#inviteTimeouts.delete(code)
      }
      this.#invites.delete(code)
    }, this.#lifetime)
    this.#inviteTimeouts.set(code, timeout)
  }

  accept(code) {
    const guest = this.#invites.get(code)
    clearTimeout(this.#inviteTimeouts.get(code))
    this.#inviteTimeouts.delete(code)
    this.#invites.delete(code)
    return guest
  }
}
