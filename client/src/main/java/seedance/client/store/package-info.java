/**
 * The operator's store for callers, by the settings that a worker has: {@link
 * seedance.client.store.OperatorStore}. It needs the activities on the class path, and for a bucket
 * its library.
 */
@NullMarked
package seedance.client.store;

import org.jspecify.annotations.NullMarked;
