const crypto = require("crypto")

const CODE_LENGTH = 6

const codes = {}

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

module.exports = { sendCode, checkCode }
