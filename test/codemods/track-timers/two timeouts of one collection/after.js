var tickets = new Map();
var ticketTimeouts = new Map();

function reserve(seat, guest) {
  tickets.set(seat, guest);
  clearTimeout(ticketTimeouts.get(seat));
  const timeout = setTimeout(function () {
    if (ticketTimeouts.get(seat) === timeout) {
      ticketTimeouts.delete(seat);
    }
    tickets.delete(seat);
  }, 600000);
  ticketTimeouts.set(seat, timeout);
}

function extend(seat) {
  if (tickets.has(seat)) {
    clearTimeout(ticketTimeouts.get(seat));
    const timeout = setTimeout(function () {
      clearTimeout(ticketTimeouts.get(seat));
      ticketTimeouts.delete(seat);
      tickets.delete(seat);
    }, 600000);
    ticketTimeouts.set(seat, timeout);
  }
}

function buy(seat) {
  var guest = tickets.get(seat);
  clearTimeout(ticketTimeouts.get(seat));
  ticketTimeouts.delete(seat);
  tickets.delete(seat);
  return guest;
}

module.exports = { reserve: reserve, extend: extend, buy: buy };
