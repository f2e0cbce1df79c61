export default function ImportDrawer(_: { onClose: () => void }) { return null; }
