/**
 * A column that makes the transaction it is asked for in durable, where the server or the database has switched that off: the
 * commit waits until its journal is on the disk. It is a part of the statement because behind a pooler there are no settings
 * of a session. Stricter and weaker kinds of `on`, for standbys, stay as they are.
 */
export const DURABLY = `CASE current_setting('synchronous_commit')
  WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END AS durably`
