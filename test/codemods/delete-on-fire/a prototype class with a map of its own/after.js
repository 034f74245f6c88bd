function Typing(show) {
  this.show = show;
  this.timers = new Map();
}

Typing.prototype.typed = function (userId) {
  var self = this;
  clearTimeout(self.timers.get(userId));
  const timeout = setTimeout(function () {
    if (self.timers.get(userId) === timeout) {
      self.timers.delete(userId);
    }
    self.show(userId, false);
  }, 9000);
  self.timers.set(userId, timeout);
};

Typing.prototype.close = function () {
  this.timers.forEach(function (timer) {
    clearTimeout(timer);
  });
};

module.exports = Typing;
