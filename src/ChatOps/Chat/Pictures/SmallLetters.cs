namespace ChatOps.Chat.Pictures;

/// <summary>Digits and the letters of months in three by five dots: no font has to be on the machine.</summary>
internal static class SmallLetters
{
    public const int Width = 3;
    public const int Height = 5;

    // Five rows each, from the top; in each a dot is 4, 2 and 1 from the left.
    private static readonly Dictionary<char, string> Rows = new()
    {
        ['0'] = "75557",
        ['1'] = "26227",
        ['2'] = "71747",
        ['3'] = "71717",
        ['4'] = "55711",
        ['5'] = "74717",
        ['6'] = "74757",
        ['7'] = "71122",
        ['8'] = "75757",
        ['9'] = "75717",
        ['A'] = "25755",
        ['B'] = "65656",
        ['C'] = "34443",
        ['D'] = "65556",
        ['E'] = "74647",
        ['F'] = "74644",
        ['G'] = "34553",
        ['J'] = "11152",
        ['L'] = "44447",
        ['M'] = "57755",
        ['N'] = "65555",
        ['O'] = "25552",
        ['P'] = "65644",
        ['R'] = "65655",
        ['S'] = "34216",
        ['T'] = "72222",
        ['U'] = "55557",
        ['V'] = "55552",
        ['Y'] = "55222",
        ['+'] = "02720",
    };

    /// <summary>Whether a letter has a dot there; one that is not known has none.</summary>
    public static bool HasDot(char letter, int x, int y) => Rows.TryGetValue(char.ToUpperInvariant(letter), out var rows) && ((rows[y] - '0') >> (Width - 1 - x) & 1) == 1;
}
