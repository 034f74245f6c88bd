import { useEffect, useRef, useState } from 'react';

export function Card({ text }: { readonly text: string }) {
  const [shown, setShown] = useState(false);
  const hoverTimer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const cancel = () => {
    if (hoverTimer.current !== null) {
      clearTimeout(hoverTimer.current);
      hoverTimer.current = null;
    }
  };
  useEffect(() => cancel, []);

  const enter = () => {
    cancel();
    hoverTimer.current = setTimeout(() => setShown(true), 6000);
  };

  return <div onMouseEnter={enter} onMouseLeave={cancel}>{shown ? text : null}</div>;
}
