'use strict';

const async = require('async');

function Check(name) {
  this.name = name;
}

Check.prototype.run = function (steps, done) {
  const self = this;

  function interrupt() {
    done(new Error(`${self.name} was interrupted`));
  }

  process.on('SIGINT', interrupt);

  async.series(steps, function (error) {
    process.off('SIGINT', interrupt);
    done(error);
  });
};

module.exports = Check;
