import Glibc
package import ScoreLab

/// The files that a run's numbers go to as they are measured.
///
/// A file that cannot be written any more costs neither the run nor the other files; the first failure is
/// said in the end.
package struct SeriesFiles {
  private var files: [SeriesFile] = []
  /// Why a file has not all of its lines.
  package private(set) var failure: FileError?

  /// Makes the files, in the place of those of these names.
  ///
  /// - Parameter paths: Their names, each with the ending of a format.
  /// - Throws: ``FileError``.
  package init(_ paths: [String]) throws(FileError) {
    for path in paths { files.append(try SeriesFile(path, seconds: Self.now)) }
  }

  /// Appends a measured step to every file.
  package mutating func append(_ measured: MeasuredStep) {
    let (values, seconds) = (measured.scalars, Self.now)
    for (index, file) in files.enumerated().reversed() {
      do throws(FileError) {
        try file.append(step: measured.step, values, seconds: seconds)
      } catch {
        failure = failure ?? error
        files.remove(at: index)
      }
    }
  }

  /// The seconds since 1970.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
