import Glibc

/// Starts threads that nobody joins.
public enum DetachedThread {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts a thread that runs `body` to its end.
  ///
  /// On Linux the niceness set within is the thread's own, and threads it starts inherit it.
  public static func start(_ body: sending @escaping () -> Void) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Body(body)).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument)
    precondition(status == 0, "The system could not start a thread.")
    pthread_detach(thread)
  }
}
