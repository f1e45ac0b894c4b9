/**
 * Where clips, manifests and receipts lie, behind the ports {@link
 * seedance.activities.store.ArtifactStore} and {@link seedance.activities.store.Receipts}, and a
 * folder that is one: {@link seedance.activities.store.FolderStore}.
 *
 * <p>A clip comes in through {@code Arrival}, which knows it for one by its own bytes ({@code
 * BoxWalk} and its like) before anything has its name.
 *
 * <p>Contract: the ports, the layout of the folder, and the receipts in it, which workers of other
 * versions read.
 */
@NullMarked
package seedance.activities.store;

import org.jspecify.annotations.NullMarked;
