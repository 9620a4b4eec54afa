import Glibc

/// Why the system could not start a thread, on one line.
public struct ThreadError: Error, Equatable, CustomStringConvertible {
  /// What `pthread_create` returned.
  public var code: Int32

  public init(code: Int32) { self.code = code }

  public var description: String {
    "the system could not start a thread: \(String(cString: strerror(code)))"
  }
}

/// Starts threads that nobody joins.
public enum DetachedThread {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts a thread that runs `body` to its end.
  ///
  /// On Linux the niceness set within is the thread's own, and threads it starts inherit it.
  ///
  /// - Throws: ``ThreadError`` when memory or the number of threads is at its limit.
  public static func start(_ body: sending @escaping () -> Void) throws(ThreadError) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Body(body))
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard code == 0 else {
      argument.release()
      throw ThreadError(code: code)
    }
    pthread_detach(thread)
  }
}
