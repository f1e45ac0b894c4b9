/**
 * How long tasks run: learnt from the clips that were stored, shared by all workers through the
 * store, and the spacing of looks that follows from it.
 */
@NullMarked
package seedance.activities.runtimes;

import org.jspecify.annotations.NullMarked;
