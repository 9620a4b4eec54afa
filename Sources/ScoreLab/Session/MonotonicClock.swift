import Glibc

/// The time since some fixed moment, for measuring how long something took.
package enum MonotonicClock {
  /// In seconds.
  package static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
