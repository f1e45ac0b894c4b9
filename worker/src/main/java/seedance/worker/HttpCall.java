package seedance.worker;

/**
 * What was asked on a {@link BoundedPort}: a request that came whole.
 *
 * @param method as it came, {@code GET}
 * @param path as it came, percent-encoded, without the query
 * @param body empty for none
 */
record HttpCall(String method, String path, byte[] body) {}
