import { EventEmitter } from 'node:events';

/** A line to the exchange, which comes back by itself until it is hung up. */
export class QuoteLine extends EventEmitter {
	constructor(address) {
		super();
		this.address = address;
		this.pendingTimeouts = 0;
	}

	connect() {
		this.socket = new WebSocket(this.address);
		this.socket.onerror = this._onError.bind(this);
		this.socket.onclose = this._onClose.bind(this);
	}

	_onError() {
		this.socket = null;
		setTimeout(() => {
			this.failures += 1;
			this.connect();
		}, 1000);
	}

	_onClose() {
		this.quotes = {};
		setTimeout(() => {
			this.losses += 1;
			this.connect();
		}, 5000);
	}

	disconnect() {
		this.socket.close();
	}
}
