import { EventEmitter } from 'node:events';

/** A line to the exchange, which comes back by itself until it is hung up. */
export class QuoteLine extends EventEmitter {
	constructor(address) {
		super();
		this.pendingTimeouts2 = new Set();
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
		const timeout = setTimeout(() => {
			this.pendingTimeouts2.delete(timeout);
			this.failures += 1;
			this.connect();
		}, 1000);
		this.pendingTimeouts2.add(timeout);
	}

	_onClose() {
		this.quotes = {};
		const timeout = setTimeout(() => {
			this.pendingTimeouts2.delete(timeout);
			this.losses += 1;
			this.connect();
		}, 5000);
		this.pendingTimeouts2.add(timeout);
	}

	disconnect() {
		for (const timeout of this.pendingTimeouts2) {
			clearTimeout(timeout);
		}
		this.pendingTimeouts2.clear();
		this.socket.close();
	}
}
