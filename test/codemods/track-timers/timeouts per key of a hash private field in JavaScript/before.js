export class InviteBook {
  #invites = new Map()
  #lifetime

  constructor(lifetime) {
    this.#lifetime = lifetime
  }

  invite(code, guest) {
    this.#invites.set(code, guest)
    setTimeout(() => {
      this.#invites.delete(code)
    }, this.#lifetime)
  }

  accept(code) {
    const guest = this.#invites.get(code)
    this.#invites.delete(code)
    return guest
  }
}
