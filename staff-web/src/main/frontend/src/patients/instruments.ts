/** PHQ-9: Kroenke, Spitzer, Williams 2001; free to reproduce. Intake scores it; these are its words. */
export const PHQ9_ITEMS = [
  'Little interest or pleasure in doing things',
  'Feeling down, depressed, or hopeless',
  'Trouble falling or staying asleep, or sleeping too much',
  'Feeling tired or having little energy',
  'Poor appetite or overeating',
  'Feeling bad about yourself, or that you are a failure or have let yourself or your family down',
  'Trouble concentrating on things, such as reading the newspaper or watching television',
  'Moving or speaking so slowly that other people could have noticed, or the opposite: being so fidgety or restless that you have been moving around a lot more than usual',
  'Thoughts that you would be better off dead, or of hurting yourself in some way',
] as const;

export const PHQ9_ANSWERS = ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'] as const;

/** C-SSRS screener: labels of the items, not their wording. */
export const C_SSRS_ITEMS = [
  'Wish to be dead',
  'Suicidal thoughts',
  'Suicidal thoughts with method, without plan or intent',
  'Suicidal intent without specific plan',
  'Suicidal intent with specific plan',
  'Suicidal behaviour',
] as const;
