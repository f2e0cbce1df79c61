/** The listed conditions by their ICD-10-CM codes. */
export const DIAGNOSES = [
  { value: 'F33.2', label: 'F33.2 Recurrent depression, severe' },
  { value: 'F33.1', label: 'F33.1 Recurrent depression, moderate' },
  { value: 'F32.2', label: 'F32.2 Depression, single episode, severe' },
  { value: 'F41.1', label: 'F41.1 Generalized anxiety disorder' },
  { value: 'F40.10', label: 'F40.10 Social anxiety disorder' },
  { value: 'F41.0', label: 'F41.0 Panic disorder' },
  { value: 'F43.10', label: 'F43.10 Post-traumatic stress disorder' },
  { value: 'G90.50', label: 'G90.50 Complex regional pain syndrome I' },
  { value: 'G89.4', label: 'G89.4 Chronic pain syndrome' },
  { value: 'M79.2', label: 'M79.2 Neuralgia and neuritis' },
  { value: 'E11.42', label: 'E11.42 Type 2 diabetes with polyneuropathy' },
  { value: 'G62.0', label: 'G62.0 Drug-induced polyneuropathy' },
];
