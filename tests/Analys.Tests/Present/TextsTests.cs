namespace Analys.Tests.Present;

public class TextsTests
{
    [Fact]
    public void Both_languages_have_the_same_keys() =>
        Assert.Equal(Texts.Of(Language.Swedish).Keys, Texts.Of(Language.English).Keys);

    [Fact]
    public void Both_languages_have_the_same_placeholders()
    {
        var swedish = Texts.Of(Language.Swedish);
        var english = Texts.Of(Language.English);
        var wrong = swedish.Keys.Where(key => !swedish.Placeholders(key).SequenceEqual(english.Placeholders(key)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Fills_in_placeholders_and_leaves_braces_in_values() =>
        Assert.Equal("Källa: {x}.", Texts.Of(Language.Swedish).Get("figure.source", ("sources", "{x}")));

    [Fact]
    public void A_missing_key_or_placeholder_is_an_error()
    {
        var texts = Texts.Of(Language.Swedish);
        Assert.Throws<KeyNotFoundException>(() => texts["figure.no-such"]);
        Assert.Throws<KeyNotFoundException>(() => texts.Get("figure.source"));
    }
}
