var tickets = new Map();

function reserve(seat, guest) {
  tickets.set(seat, guest);
  setTimeout(function () { tickets.delete(seat); }, 600000);
}

function extend(seat) {
  if (tickets.has(seat)) { setTimeout(function () { tickets.delete(seat); }, 600000); }
}

function buy(seat) {
  var guest = tickets.get(seat);
  tickets.delete(seat);
  return guest;
}

module.exports = { reserve: reserve, extend: extend, buy: buy };
