export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="clinicops">
      <rect width="32" height="32" rx="8" fill="#0f6e6e" />
      <path d="M9 17h3.5l2-6 3.5 11 2.3-5H23" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
