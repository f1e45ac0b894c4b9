/**
 * A store in a bucket of an object store that speaks S3's protocol: {@link
 * seedance.activities.store.s3.BucketStore}. Whoever keeps a folder needs neither this package nor
 * its library on the class path.
 *
 * <p>{@code Bucket} knows the library; the rest is in terms of keys.
 *
 * <p>Contract: the settings' form, the layout of keys, and the notes under {@code .receipts/},
 * which workers of other versions read.
 */
@NullMarked
package seedance.activities.store.s3;

import org.jspecify.annotations.NullMarked;
