import { log } from './log.js'

const sockets = new Map()
const histories = new Map()
const timers = new Map()

export function accept(chatId, socket) {
  sockets.set(chatId, socket)
  histories.set(chatId, [])
  timers.set(chatId, setTimeout(() => endChat(chatId, 'idle'), 60_000))
  socket.on('close', () => {
    log('closed', chatId)
    sockets.delete(chatId)
  })
}

export function endChat(chatId, reason) {
  const socket = sockets.get(chatId)
  log(chatId, reason)
  // nothing may fire any more
  clearTimeout(timers.get(chatId))
  timers.delete(chatId)

  histories.delete(chatId) // not kept for anybody
  if (socket) {
    socket.send(reason)
  }

  sockets.delete(chatId)
}
