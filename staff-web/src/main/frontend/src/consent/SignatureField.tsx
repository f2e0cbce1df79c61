import { useEffect, useRef } from 'react';
import SignaturePad from 'signature_pad';
import classes from './consent.module.css';

/** Sharper than this is ink that nobody sees, in a picture that the server would refuse. */
const MOST_PIXELS_PER_POINT = 2;

/** A field to sign in. `onChange` gets the drawing as a plain base64 PNG after each stroke, nothing while it is empty. */
export function SignatureField({ label, cleared, onChange }: { label: string; cleared: number; onChange: (png: string | undefined) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    const field = canvas.current;
    if (!field) return undefined;
    // ink on paper in both schemes: the picture goes into a printed document
    const pad = new SignaturePad(field, { penColor: '#10202a', backgroundColor: '#ffffff' });
    const fit = () => {
      const ratio = Math.min(window.devicePixelRatio || 1, MOST_PIXELS_PER_POINT);
      const strokes = pad.toData();
      field.width = field.offsetWidth * ratio;
      field.height = field.offsetHeight * ratio;
      field.getContext('2d')?.scale(ratio, ratio);
      pad.clear();
      pad.fromData(strokes);
    };
    const told = () => tell.current(pad.isEmpty() ? undefined : pad.toDataURL('image/png').replace(/^data:image\/png;base64,/, ''));
    fit();
    pad.addEventListener('endStroke', told);
    const watch = new ResizeObserver(fit);
    watch.observe(field);
    return () => {
      watch.disconnect();
      pad.off();
    };
  }, [cleared]);

  return <canvas ref={canvas} className={classes.pad} role="img" aria-label={label} />;
}
