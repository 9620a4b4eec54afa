import Glibc
import ScoreLab
import TermPlot

/// The screen over time on its way into a file, which has its name once the recording is ended.
final class ScreenRecorder {
  /// The largest file.
  static let limit = 64 << 20
  /// The least seconds between two screens of the file.
  private static let interval = 0.08

  let path: String
  private var file: PendingFile
  private var cast: ScreenCast?
  private let start = MonotonicClock.now
  private var byteCount = 0
  /// When the last screen of the file was shown.
  private var last = -Double.infinity
  /// A screen that came too soon after the last; it counts if it stays.
  private var waiting: (canvas: Canvas, theme: Theme, seconds: Double)?

  /// Starts a recording.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - replaces: Whether a file of the name may be replaced.
  /// - Throws: ``FileError``.
  init(_ path: String, replacing replaces: Bool) throws(FileError) {
    guard replaces || !FileReader.exists(path) else {
      throw FileError(path: path, reason: "is there already; record! replaces it")
    }
    self.path = path
    file = try PendingFile(path)
  }

  /// Takes a screen that was drawn.
  ///
  /// - Returns: Whether there is room for more.
  /// - Throws: ``FileError``.
  func add(_ canvas: Canvas, theme: Theme) throws(FileError) -> Bool {
    try add(canvas, theme: theme, at: MonotonicClock.now - start)
  }

  /// The same at a time of the recording.
  func add(_ canvas: Canvas, theme: Theme, at now: Double) throws(FileError) -> Bool {
    if let waiting, now - waiting.seconds >= Self.interval { try writeWaiting() }
    waiting = (canvas, theme, now)
    if now - last >= Self.interval { try writeWaiting() }
    return byteCount < Self.limit
  }

  /// Ends the recording and gives the file its name.
  ///
  /// - Returns: What to say of it.
  /// - Throws: ``FileError``; then there is no file.
  func finish() throws(FileError) -> String {
    try writeWaiting()
    try file.synchronize()
    try file.commit()
    return "recorded \(path), \(Int(max(0, last).rounded())) s"
  }

  private func writeWaiting() throws(FileError) {
    guard let (canvas, theme, seconds) = waiting else { return }
    waiting = nil
    last = seconds
    if cast == nil {
      let first = ScreenCast(size: canvas.size, theme: theme)
      try write(first.header(title: "scorefield", timestamp: time(nil)))
      cast = first
    }
    try write(cast?.frame(canvas, theme: theme, at: seconds) ?? "")
  }

  private func write(_ text: String) throws(FileError) {
    let bytes = Array(text.utf8)
    byteCount += bytes.count
    try file.append(bytes)
  }
}
