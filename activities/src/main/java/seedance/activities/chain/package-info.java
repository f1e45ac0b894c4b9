/**
 * The activities of a chain: {@code ValidateChain}, {@code FindGeneration}, {@code JoinClips},
 * which has ffmpeg make a film of clips within {@code FilmLimits}, and {@code StoreChain}; put
 * together by {@link seedance.activities.chain.ChainActivitySet}.
 */
@NullMarked
package seedance.activities.chain;

import org.jspecify.annotations.NullMarked;
