/** ICD-10-CM codes that this clinic meets most; any other valid code may be typed. */
export const DIAGNOSES: Record<string, string> = {
  'F33.2': 'Recurrent depression, severe',
  'F33.1': 'Recurrent depression, moderate',
  'F33.3': 'Recurrent depression, severe, with psychotic symptoms',
  'F32.2': 'Depression, single episode, severe',
  'F32.1': 'Depression, single episode, moderate',
  'F31.30': 'Bipolar disorder, current depression',
  'F41.1': 'Generalized anxiety disorder',
  'F41.0': 'Panic disorder',
  'F40.10': 'Social anxiety disorder',
  'F43.10': 'Post-traumatic stress disorder',
  'F42.9': 'Obsessive-compulsive disorder',
  'G90.50': 'Complex regional pain syndrome I',
  'G89.4': 'Chronic pain syndrome',
  'M79.2': 'Neuralgia and neuritis',
  'E11.42': 'Type 2 diabetes with polyneuropathy',
  'G62.0': 'Drug-induced polyneuropathy',
};
/** As the server takes it. */
export const isDiagnosis = (code: string) => /^[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?$/.test(code);

export const diagnosisWord = (code: string) => (DIAGNOSES[code] ? `${code} ${DIAGNOSES[code]}` : code);
