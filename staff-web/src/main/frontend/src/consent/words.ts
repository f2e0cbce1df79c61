/** What the patient reads on the clinic's tablet, in their own language; the text itself comes from the server. */
export type Language = 'en' | 'es';

export const LANGUAGES: { value: Language; label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
];

export const WORDS = {
  en: {
    read: 'Please read to the end',
    readDone: 'I have read it, go on',
    back: 'Back to the text',
    name: 'Your full name',
    drawn: 'Sign with your finger or pen',
    typed: 'I would rather type my name as my signature',
    typedNote: 'Your typed name counts as your signature.',
    clear: 'Clear',
    sign: 'Sign',
    needName: 'Write your full name',
    needDrawing: 'Sign in the field, or choose to type',
    done: 'Thank you. Your consent is signed.',
    handBack: 'Please give the tablet back.',
    free: 'You may say no, and you may take it back at any time.',
  },
  es: {
    read: 'Por favor, lea hasta el final',
    readDone: 'Lo he leído, continuar',
    back: 'Volver al texto',
    name: 'Su nombre completo',
    drawn: 'Firme con el dedo o el lápiz',
    typed: 'Prefiero escribir mi nombre como firma',
    typedNote: 'Su nombre escrito vale como firma.',
    clear: 'Borrar',
    sign: 'Firmar',
    needName: 'Escriba su nombre completo',
    needDrawing: 'Firme en el recuadro, o elija escribir',
    done: 'Gracias. Su consentimiento está firmado.',
    handBack: 'Por favor, devuelva la tableta.',
    free: 'Puede decir que no, y puede retirarlo en cualquier momento.',
  },
} satisfies Record<Language, Record<string, string>>;
