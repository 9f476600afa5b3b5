/**
 * Loaded into a service that starts while the one before it still stops: it loads and connects meanwhile, and listens when the
 * launcher says that the ports are free.
 */
const { Server } = require('node:net');

const { listen } = Server.prototype;
const told = new Promise((resolve) => process.once('message', resolve));
// Until then nothing else may keep the process alive, and afterwards the channel must not.
process.channel.ref();
void told.then(() => process.channel?.unref());

Server.prototype.listen = function listenWhenTold(...args) {
  void told.then(() => listen.apply(this, args));
  return this;
};
