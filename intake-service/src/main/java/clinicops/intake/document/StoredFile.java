package clinicops.intake.document;

/**
 * A file in GridFS.
 *
 * @param id of GridFS, hex
 * @param contentType as its first bytes tell, whatever the uploader called it
 * @param size in bytes
 * @param sha256 hex
 */
record StoredFile(String id, String contentType, long size, String sha256) {}
