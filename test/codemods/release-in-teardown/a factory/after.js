export function createScroller(element) {
  let y = 0;
  const onScroll = () => {
    y = window.scrollY;
  };
  window.addEventListener('scroll', onScroll);
  return {
    get y() {
      return y;
    },
    destroy() {
      window.removeEventListener('scroll', onScroll);
      element.remove();
    },
  };
}
