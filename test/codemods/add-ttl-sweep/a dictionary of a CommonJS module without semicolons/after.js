const crypto = require("crypto")

const CODE_LENGTH = 6
/** How often unused entries of codes are looked for. */
const CODE_SWEEP_MS = 60 * 1000

const codes = {}

const codeSweep = setInterval(sweepCodes, CODE_SWEEP_MS)
codeSweep.unref()

/** Lets go of the entries of codes that are out of date. */
function sweepCodes() {
  const now = Date.now()
  for (const [phone, code] of Object.entries(codes)) {
    if (code.expiresAt <= now) {
      delete codes[phone]
    }
  }
}

/** Stops the sweep of codes; call it before the program ends. */
function stopCodeSweep() {
  clearInterval(codeSweep)
}

function sendCode(phone, mailer) {
  codes[phone] = { code: crypto.randomInt(10 ** CODE_LENGTH), expiresAt: Date.now() + 300000 }
  mailer.send(phone, codes[phone].code)
}

function checkCode(phone, code) {
  const stored = codes[phone]
  if (!stored || stored.expiresAt < Date.now()) return false
  if (stored.code !== code) return false
  delete codes[phone]
  return true
}

module.exports = { sendCode, checkCode, stopCodeSweep }
