package import ScoreLab
package import Workbench
import OutsideText
import ReportFiles
import TermPlot

/// Writes files of what the workbench shows.
package enum ScreenExport {
  /// The most cells across and down of a picture of pixels, which then takes 230 MB while it is drawn.
  private static let largest = Size(columns: 500, rows: 200)

  /// The most cells of all frames of an animation together; drawing them takes about 3 s.
  private static let mostCells = 480_000

  /// Writes a file under a temporary name and renames it.
  ///
  /// - Parameter export: What goes where.
  /// - Returns: What was written, in a line.
  /// - Throws: ``FileError``, also where a file of the name is not to be replaced.
  package static func write(_ export: Export) throws(FileError) -> String {
    guard export.replaces || !FileReader.exists(export.path) else {
      throw FileError(path: export.path, reason: "is there already; \(export.replacer) replaces it")
    }
    // Before the work: a folder that is not there costs no time.
    try FileWriter.check(export.path)
    let bytes = try bytes(export)
    try FileWriter.writeAtomically(bytes, to: export.path)
    return "saved \(SafeText.sanitized(export.path, limit: 200)): \(export.summary)"
  }

  private static func bytes(_ export: Export) throws(FileError) -> [UInt8] {
    switch export.content {
    case .bytes(let bytes): return bytes
    case .svg(let canvas, let theme): return ScreenFile.svg(canvas, theme)
    case .png(let canvas, let theme):
      try check([canvas], export.path)
      return try drawn(ScreenFile.png(canvas, theme), export.path)
    case .gif(let canvases, let theme, let seconds):
      try check(canvases, export.path)
      guard canvases.reduce(0, { $0 + $1.size.columns * $1.size.rows }) <= mostCells else {
        throw FileError(
          path: export.path,
          reason:
            "more than \(mostCells / canvases.count) cells a frame take too long; make the pane smaller"
        )
      }
      return try drawn(ScreenFile.gif(canvases, theme, seconds: seconds), export.path)
    }
  }

  /// The file of a picture, if there was memory for its pixels.
  private static func drawn(_ bytes: [UInt8], _ path: String) throws(FileError) -> [UInt8] {
    guard !bytes.isEmpty else {
      throw FileError(path: path, reason: "there is no memory for its pixels")
    }
    return bytes
  }

  private static func check(_ canvases: [Canvas], _ path: String) throws(FileError) {
    guard
      canvases.allSatisfy({
        $0.size.columns <= largest.columns && $0.size.rows <= largest.rows
      })
    else {
      throw FileError(
        path: path,
        reason:
          "more than \(largest.columns)x\(largest.rows) cells are too many for pixels; svg has no limit"
      )
    }
  }
}
