export function ask(url, ms) {
  let timeout
  return Promise.race([
    fetch(url),
    new Promise((_, reject) => {
      timeout = setTimeout(() => reject(new Error('Too late')), ms)
    }),
  ]).finally(() => clearTimeout(timeout))
}
