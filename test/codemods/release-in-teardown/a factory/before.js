export function createScroller(element) {
  let y = 0;
  window.addEventListener('scroll', () => {
    y = window.scrollY;
  });
  return {
    get y() {
      return y;
    },
    destroy() {
      element.remove();
    },
  };
}
