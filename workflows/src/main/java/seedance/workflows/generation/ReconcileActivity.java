package seedance.workflows.generation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Looks once for the task of a submission whose answer was lost: first for its receipt, then in the
 * service's list of tasks. It costs nothing and may be repeated.
 */
@ActivityInterface
public interface ReconcileActivity {

  /** Looks once; a single miss is never proof. */
  @ActivityMethod(name = "SeedanceReconcile")
  Reconciliation reconcile(ReconcileRequest request);
}
