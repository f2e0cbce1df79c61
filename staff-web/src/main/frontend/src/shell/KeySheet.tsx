import { Kbd, Modal, Table } from '@mantine/core';
import { useMe } from '../api/me';
import { placesOf } from './places';

export default function KeySheet({ onClose }: { onClose: () => void }) {
  const { roles } = useMe();
  const rows: [string[], string][] = [
    [['Ctrl', 'K'], 'Search or command'],
    [['/'], 'Search on this page'],
    ...placesOf(roles).map((place): [string[], string] => [['g', place.key], `Go to ${place.label}`]),
    [['↑', '↓'], 'Move in a list'],
    [['Enter'], 'Open what is chosen'],
    [['Esc'], 'Close, or back'],
    [['?'], 'This sheet'],
  ];
  return (
    <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table>
        <Table.Tbody>
          {rows.map(([keys, does]) => (
            <Table.Tr key={does}>
              <Table.Td w={120}>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
