export function createThrottle(pause: number) {
	const resting = new Set<string>();

	return {
		tryToPass(visitor: string): boolean {
			if (resting.has(visitor)) {
				return false;
			}
			resting.add(visitor);
			window.setTimeout(() => {
				resting.delete(visitor);
			}, pause);
			return true;
		},
		forgive: (visitor: string) => resting.delete(visitor),
		forgiveAll() {
			resting.clear();
		},
	};
}
