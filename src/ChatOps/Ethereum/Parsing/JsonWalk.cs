using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ChatOps.Ethereum.Parsing;

/// <summary>Steps through JSON where it lies. The reader stands on a value's first token before and on its last after.</summary>
internal static class JsonWalk
{
    /// <summary>Goes on to the next property of an object and stands on its name; false at the object's end.</summary>
    /// <exception cref="JsonException">There is no object.</exception>
    public static bool NextProperty(this ref Utf8JsonReader json) => json.Next() switch
    {
        JsonTokenType.PropertyName => true,
        JsonTokenType.EndObject => false,
        _ => throw new JsonException("an object was expected"),
    };

    /// <summary>Goes on to the next element of an array; false at the array's end.</summary>
    public static bool NextElement(this ref Utf8JsonReader json) => json.Next() != JsonTokenType.EndArray;

    public static JsonTokenType Next(this ref Utf8JsonReader json) => json.Read() ? json.TokenType : throw new JsonException("it ends too early");

    /// <summary>Whether the property on whose name it stands is that one. A node does not escape its own names; this is quicker than to allow for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(this in Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueSpan.SequenceEqual(name);

    /// <summary>Goes on from a property's name to its value.</summary>
    public static void ToValue(this ref Utf8JsonReader json) => json.Next();

    public static void Enter(this in Utf8JsonReader json, JsonTokenType wanted)
    {
        if (json.TokenType != wanted)
        {
            throw new JsonException($"{wanted} was expected and {json.TokenType} came");
        }
    }
}
