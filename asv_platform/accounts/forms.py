"""Forms of the door and of the account: allauth's, with our words, and our own."""

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Membership, User
from asv_platform.common.forms import DecimalField, Form, ModelForm, UploadField
from asv_platform.territories.models import Asv

EMAIL_LABEL = "Votre adresse électronique"


class Reworded:
    """Replace labels, helps and placeholders of a form of allauth: ``words`` is field → (label, help)."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class LoginForm(Reworded, allauth_forms.LoginForm):
    words = {
        "login": (EMAIL_LABEL, ""),
        "password": ("Mot de passe", ""),
        "remember": ("Rester connecté sur cet appareil", "À éviter sur un poste partagé."),
    }


class ResetPasswordForm(Reworded, allauth_forms.ResetPasswordForm):
    words = {"email": (EMAIL_LABEL, "Un lien pour choisir un nouveau mot de passe y sera envoyé.")}


NEW_PASSWORD = ("Nouveau mot de passe", "Douze caractères au moins : plusieurs mots font un bon mot de passe.")
AGAIN = ("Le même, une seconde fois", "")


class ResetPasswordKeyForm(Reworded, allauth_forms.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePasswordForm(Reworded, allauth_forms.ChangePasswordForm):
    words = {"oldpassword": ("Mot de passe actuel", ""), "password1": NEW_PASSWORD, "password2": AGAIN}


class SetPasswordForm(Reworded, allauth_forms.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class AddEmailForm(Reworded, allauth_forms.AddEmailForm):
    words = {"email": ("Nouvelle adresse", "Un lien de confirmation y sera envoyé ; l’adresse actuelle sert d’ici là.")}


class ReauthenticateForm(Reworded, allauth_forms.ReauthenticateForm):
    words = {"password": ("Mot de passe", "")}


class CodeRequestForm(Form):
    """The partner's door: an address, known or not."""

    email = forms.EmailField(
        label=EMAIL_LABEL,
        help_text="La vôtre, ou celle où vous avez reçu une invitation : un code y sera envoyé.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class CodeConfirmForm(forms.Form):
    """The six figures received by e-mail; spaces are forgiven."""

    code = forms.CharField(
        label="Code reçu par courriel",
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "form-control code-in"}
        ),
    )

    def clean_code(self) -> str:
        return "".join(figure for figure in self.cleaned_data["code"] if figure.isdigit())


class NameForm(Form):
    first_name = forms.CharField(
        label="Prénom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class JoinForm(NameForm):
    """A new member accepts an invitation: name and password."""

    password = forms.CharField(
        label="Mot de passe",
        help_text=NEW_PASSWORD[1],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        data = super().clean()
        if data.get("password"):
            person = User(first_name=data.get("first_name", ""), last_name=data.get("last_name", ""))
            try:
                validate_password(data["password"], user=person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


ROLES_HELP = (
    "Coordination : tout faire, décider, publier, inviter. Contribution : écrire et modifier. Lecture : tout lire, "
    "sans rien changer."
)


class InvitationForm(Form):
    email = forms.EmailField(label="Adresse électronique", help_text="L’invitation y sera envoyée.", max_length=254)
    role = forms.ChoiceField(label="Rôle", choices=Role.offered(), initial=Role.CONTRIBUTOR, help_text=ROLES_HELP)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class RoleForm(ModelForm):
    class Meta:
        model = Membership
        fields = ["role"]
        help_texts = {"role": ROLES_HELP}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = Role.offered(self.instance.role)  # type: ignore[attr-defined]


class AsvForm(ModelForm):
    """What the coordination may say of its ASV."""

    fieldsets = [
        ("Page publique", ["is_public", "presentation", "logo", "colour"]),
        ("Contact", ["contact_name", ("contact_email", "contact_phone"), "contact_address"]),
        ("Cadre", [("created_year", "coordinator_fte"), "cls_reference", "city_contract_reference"]),
    ]
    logo = UploadField(
        label="Logo",
        required=False,
        extensions=("png", "jpg", "jpeg"),
        max_size=1024 * 1024,
    )
    coordinator_fte = DecimalField(
        label="Coordination (équivalent temps plein)",
        help_text="Par exemple 0,5 pour un mi-temps.",
        max_digits=3,
        decimal_places=2,
        min_value=0,
        required=False,
    )

    class Meta:
        model = Asv
        fields = [
            "is_public",
            "presentation",
            "logo",
            "colour",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_address",
            "created_year",
            "coordinator_fte",
            "cls_reference",
            "city_contract_reference",
        ]
        help_texts = {
            "is_public": "Sans elle, personne ne voit votre atelier santé ville sans être membre.",
            "presentation": "Quelques phrases pour les habitants et les partenaires.",
        }
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "presentation": forms.Textarea(attrs={"rows": 6}),
        }
