/// The part of a running session that takes the new value of a key without starting again.
///
/// A key is live by naming its part, and ``Session/configure(_:)`` goes through all parts, so that no
/// key can be live that nothing acts on.
public enum LivePart: Sendable, CaseIterable {
  /// Step size, schedule, clipping and average; not the rule itself.
  case optimization
  case batch
  case sampler
  /// The probe's delta, which whoever shows errors takes from the configuration.
  case quantile
}
