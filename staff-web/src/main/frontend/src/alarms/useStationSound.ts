import { useEffect } from 'react';

const AGAIN_MS = 3_000;

/** Two short tones, no file: the page may load nothing from elsewhere. */
function tone(audio: AudioContext, at: number, hertz: number) {
  const voice = audio.createOscillator();
  const loud = audio.createGain();
  voice.frequency.value = hertz;
  loud.gain.setValueAtTime(0.0001, at);
  loud.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
  loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.22);
  voice.connect(loud).connect(audio.destination);
  voice.start(at);
  voice.stop(at + 0.25);
}

/** Sounds until somebody looks. A browser stays silent until somebody has clicked once on the page. */
export function useStationSound(sounding: boolean) {
  useEffect(() => {
    if (!sounding || typeof AudioContext === 'undefined') return undefined;
    const audio = new AudioContext();
    const sound = () => {
      void audio.resume();
      tone(audio, audio.currentTime, 880);
      tone(audio, audio.currentTime + 0.3, 660);
    };
    sound();
    const again = setInterval(sound, AGAIN_MS);
    return () => {
      clearInterval(again);
      void audio.close();
    };
  }, [sounding]);
}
