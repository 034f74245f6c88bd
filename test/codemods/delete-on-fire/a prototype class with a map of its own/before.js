function Typing(show) {
  this.show = show;
  this.timers = new Map();
}

Typing.prototype.typed = function (userId) {
  var self = this;
  clearTimeout(self.timers.get(userId));
  self.timers.set(userId, setTimeout(function () {
    self.show(userId, false);
  }, 9000));
};

Typing.prototype.close = function () {
  this.timers.forEach(function (timer) {
    clearTimeout(timer);
  });
};

module.exports = Typing;
