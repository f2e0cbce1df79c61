// Checks that each service's user opens its own database and is refused by every other one.
const names = ['intake', 'scheduling', 'billing', 'notification', 'staff-web'];
for (const user of names) {
  const its = new Mongo('mongodb://127.0.0.1:27017/?directConnection=true').getDB(user);
  its.auth(user, process.env['CLINIC_' + user.toUpperCase().replace('-', '_') + '_PASSWORD']);
  if (its.runCommand({ listCollections: 1 }).cursor.firstBatch.length === 0) throw new Error(user + ' sees nothing of its own');
  for (const other of [...names.filter((name) => name !== user), 'admin', 'local']) {
    for (const command of [{ listCollections: 1 }, { find: 'outbox' }, { insert: 'outbox', documents: [{}] }]) {
      let refused = false;
      try {
        refused = its.getSiblingDB(other).runCommand(command).ok !== 1;
      } catch (e) {
        refused = e.code === 13;
      }
      if (!refused) throw new Error(user + ' may ' + Object.keys(command)[0] + ' in ' + other);
    }
  }
}
print('every user opens its own database alone');
