function Clock(show) {
  this.show = show;
}

Clock.prototype.start = function () {
  var self = this;
  if (self.show) {
    window.clearInterval(self.timer);
    self.timer = window.setInterval(function () {
      self.show(new Date());
    }, 1000);
  }
};

Clock.prototype.stop = function () {
  window.clearInterval(this.timer);
};

module.exports = Clock;
