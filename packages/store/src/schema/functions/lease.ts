/**
 * Takes a lease that is free, expired or held under the same name, always under the next epoch: what else runs under that
 * name is fenced. Locks the log first: every append under the old epoch is committed before, none can come after. The heads
 * of the account's streams know the epoch too, so that an append finds all it checks in one row.
 */
export const ACQUIRE_LEASE = `CREATE OR REPLACE FUNCTION tranche_acquire_lease(p_scope text, p_holder text, p_ttl bigint)
RETURNS TABLE (holder text, epoch bigint, expires_time bigint, remaining bigint) LANGUAGE plpgsql AS $$
DECLARE v_now bigint; v_lease tranche_leases; v_epoch bigint;
BEGIN
  PERFORM 1 FROM tranche_log WHERE id = 1 FOR UPDATE;
  v_now := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  SELECT * INTO v_lease FROM tranche_leases l WHERE l.scope = p_scope FOR UPDATE;
  v_epoch := v_lease.epoch;
  IF NOT FOUND THEN
    INSERT INTO tranche_leases AS l VALUES (p_scope, p_holder, 1, v_now + p_ttl) RETURNING l.* INTO v_lease;
  ELSIF v_lease.expires_time <= v_now OR v_lease.holder = p_holder THEN
    UPDATE tranche_leases l SET holder = p_holder, expires_time = v_now + p_ttl, epoch = l.epoch + 1
      WHERE l.scope = p_scope RETURNING l.* INTO v_lease;
  END IF;
  IF v_lease.epoch IS DISTINCT FROM v_epoch THEN
    UPDATE tranche_streams s SET epoch = v_lease.epoch WHERE split_part(s.stream_id, '/', 1) = p_scope;
  END IF;
  RETURN QUERY SELECT v_lease.holder, v_lease.epoch, v_lease.expires_time, v_lease.expires_time - v_now;
END $$`
