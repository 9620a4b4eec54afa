"""Where one operator, constant or condition of a Swift text can be changed, and how: for script/mutants.

A site is (line, column, length, kind, old, new, text): `text` replaces the characters, stays on the line, and is the old
expression until the mutant's number is chosen. Nothing here knows types: what does not compile is dropped later.
"""

import re

# What an operator becomes, and the precedence that its stand-in needs.
OPERATORS = {
    "+": ("-", "AdditionPrecedence"),
    "-": ("+", "AdditionPrecedence"),
    "*": ("/", "MultiplicationPrecedence"),
    "/": ("*", "MultiplicationPrecedence"),
    "<": ("<=", "ComparisonPrecedence"),
    "<=": ("<", "ComparisonPrecedence"),
    ">": (">=", "ComparisonPrecedence"),
    ">=": (">", "ComparisonPrecedence"),
    "==": ("!=", "ComparisonPrecedence"),
    "!=": ("==", "ComparisonPrecedence"),
    "&&": ("||", "LogicalConjunctionPrecedence"),
    "||": ("&&", "LogicalDisjunctionPrecedence"),
    "+=": ("-=", "AssignmentPrecedence"),
    "-=": ("+=", "AssignmentPrecedence"),
    "*=": ("/=", "AssignmentPrecedence"),
    "/=": ("*=", "AssignmentPrecedence"),
}
OPERATOR = re.compile(r"(?<=\s)(\+=|-=|\*=|/=|<=|>=|==|!=|&&|\|\||[-+*/<>])(?=\s)")
NUMBER = re.compile(r"(?<![\w.#$\\])(\d[\d_]*\.\d[\d_]*(?:e[-+]?\d+)?|\d[\d_]*e[-+]?\d+|\d[\d_]*)(?![\w.]|\s*:)")
RANGE = re.compile(r"(?<=[\w)\]])\.\.<(?=[\w(])")
CONDITION = re.compile(r"^(\s*(?:\} else )?if |\s*guard )(?!let |var |case |#)([^{},]+?)( else)? \{")
# Lines whose numbers and operators are not expressions, or belong to messages of broken promises.
PASSED_OVER = re.compile(
    r"^\s*(case\b(?!.*\blet\b.*=)|import |@|#|func |static func |infix |indirect |extension |protocol |struct |enum |"
    r"precondition|assert|fatalError|preconditionFailure|typealias |associatedtype |\}?\s*where )|\bwhere\b.*==|<[A-Z]\w*[,:>]"
)


def masked(text):
    """The text with comments and string literals blanked, lines and columns kept."""
    out, i, n = list(text), 0, len(text)

    def blank(start, end):
        for k in range(start, end):
            if out[k] != "\n":
                out[k] = "\0"

    while i < n:
        if text.startswith("//", i):
            end = text.find("\n", i)
            end = n if end < 0 else end
        elif text.startswith("/*", i):
            depth, end = 1, i + 2
            while depth and end < n:
                step = {"/*": 1, "*/": -1}.get(text[end : end + 2], 0)
                depth += step
                end += 2 if step else 1
        elif text[i] == '"' or (text[i] == "#" and re.match(r'#+"', text[i:])):
            end = end_of_string(text, i)
        else:
            i += 1
            continue
        blank(i, end)
        i = end
    return "".join(out)


def end_of_string(text, start):
    """Behind the literal that begins at `start`; interpolations belong to it."""
    hashes = len(re.match("#*", text[start:]).group())
    i = start + hashes
    quote = '"""' if text.startswith('"""', i) else '"'
    close, escape = quote + "#" * hashes, "\\" + "#" * hashes
    i += len(quote)
    while i < len(text):
        if text.startswith(close, i):
            return i + len(close)
        if text.startswith(escape, i):
            i += len(escape)
            if i < len(text) and text[i] == "(":
                depth, i = 1, i + 1
                while depth and i < len(text):
                    if text[i] == '"':
                        i = end_of_string(text, i)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[i], 0)
                    i += 1
                continue
        i += 1
    return i


def other_number(old):
    """A wrong constant: the next integer; twice a fraction, or one for zero."""
    plain = old.replace("_", "")
    if re.fullmatch(r"\d+", plain):
        return str(int(plain) + 1)
    return repr(float(plain) * 2) if float(plain) else "1.0"


def tag(number):
    """Two characters of an operator that stand for a number."""
    return chr(0x2200 + number // 250) + chr(0x2200 + number % 250)


def sites(text):
    """Every site of a text, without numbers: (line, column, length, kind, old, new)."""
    found = []
    for row, line in enumerate(masked(text).split("\n")):
        if PASSED_OVER.search(line):
            continue
        for match in OPERATOR.finditer(line):
            old = match.group(1)
            behind = line[match.end() :].strip()
            if old in ("==", "!=") and behind.startswith("nil"):
                continue
            # Texts are joined, not added.
            if old in ("+", "+=") and (behind.startswith("\0") or line[: match.start()].rstrip().endswith("\0")):
                continue
            found.append((row, match.start(1), len(old), "operator", old, OPERATORS[old][0]))
        for match in RANGE.finditer(line):
            found.append((row, match.start(), 3, "range", "..<", "..< less one"))
        for match in NUMBER.finditer(line):
            if line[: match.start()].rstrip().endswith("-") and line[match.start() - 1] == "-":
                continue
            found.append((row, match.start(), len(match.group()), "constant", match.group(), other_number(match.group())))
        match = CONDITION.match(line)
        if match and not re.search(r"\b(try|await|let|is)\b|\0|[{]", match.group(2)):
            found.append((row, match.start(2), len(match.group(2)), "condition", match.group(2), f"!({match.group(2)})"))
    return found


def changed(text, chosen):
    """The text with the sites of `chosen`, [(number, site)], made mutants; none of them overlap."""
    lines = text.split("\n")
    for number, (row, column, length, kind, old, new) in sorted(chosen, key=lambda of: -of[1][1]):
        line = lines[row]
        stand_in = {
            "operator": f"{old}{tag(number)}",
            "range": f"..<{tag(number)}",
            "constant": f"sfConstant({number}, {old}, {new})",
            "condition": f"sfCondition({number}, {old})",
        }[kind]
        if kind == "range":
            stand_in = f" {stand_in} "
        lines[row] = line[:column] + stand_in + line[column + length :]
    return "\n".join(lines)


COMMON = """import CMutants
@inline(__always) func sfConstant<T>(_ n: Int32, _ a: T, _ b: T) -> T { sf_mutant(n) ? b : a }
@inline(__always) func sfCondition(_ n: Int32, _ a: Bool) -> Bool { sf_mutant(n) != a }
"""


def operator_declaration(number, old, new, precedence):
    """The stand-in of one operator, for every type that has it."""
    name = old + tag(number)
    choice = f"sf_mutant({number}) ? a {new} b : a {old} b"
    head = f"infix operator {name}: {precedence}\n"
    if old in ("&&", "||"):
        return head + (
            f"@inline(__always) func {name}(a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool "
            f"{{ sf_mutant({number}) ? try a {new} b() : try a {old} b() }}\n"
        )
    if old in ("==", "!="):
        return head + f"@inline(__always) func {name}<T: Equatable>(a: T, b: T) -> Bool {{ {choice} }}\n"
    if precedence == "ComparisonPrecedence":
        # Fractions are almost never equal, so that `<` and `<=` are the same there: they change the side.
        side = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[old]
        return head + (
            f"@inline(__always) func {name}<T: Comparable>(a: T, b: T) -> Bool {{ {choice} }}\n"
            f"@inline(__always) func {name}<T: FloatingPoint>(a: T, b: T) -> Bool "
            f"{{ sf_mutant({number}) ? a {side} b : a {old} b }}\n"
        )
    kinds = ["FloatingPoint", "BinaryInteger"] if old[0] in "*/" else ["AdditiveArithmetic"]
    if precedence == "AssignmentPrecedence":
        body = f"if sf_mutant({number}) {{ a {new} b }} else {{ a {old} b }}"
        return head + "".join(
            f"@inline(__always) func {name}<T: {kind}>(a: inout T, b: T) {{ {body} }}\n" for kind in kinds
        )
    return head + "".join(
        f"@inline(__always) func {name}<T: {kind}>(a: T, b: T) -> T {{ {choice} }}\n" for kind in kinds
    )


def range_declaration(number):
    """A half-open range that lacks its last element."""
    name = "..<" + tag(number)
    return (
        f"infix operator {name}: RangeFormationPrecedence\n"
        f"@inline(__always) func {name}(a: Int, b: Int) -> Range<Int> "
        f"{{ sf_mutant({number}) && a < b ? a..<(b - 1) : a..<b }}\n"
    )
