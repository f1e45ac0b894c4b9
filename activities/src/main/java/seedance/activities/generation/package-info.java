/**
 * The activities of one generation: {@code ValidateByRules}, {@code SubmitOnce}, {@code Reconcile},
 * {@code AdoptTask}, {@code LookAtTask}, {@code CancelTask} and {@code StoreClip}, put together by
 * {@link seedance.activities.generation.GenerationActivitySet}.
 *
 * <p>That a task is not billed twice is {@code SubmitOnce} and {@code Reconcile}; when to look
 * again is {@link seedance.activities.generation.LookSchedule}; callbacks come in through {@link
 * seedance.activities.generation.CallbackReceipt}.
 *
 * <p>Contract: the names of the metrics, and the manifest beside each clip.
 */
@NullMarked
package seedance.activities.generation;

import org.jspecify.annotations.NullMarked;
